// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC1967Proxy} from "oz4/proxy/ERC1967/ERC1967Proxy.sol";
import {MixinPurchase, PublicLock} from "@unlock-protocol/contracts/dist/PublicLock/PublicLockV15.sol";
import {Unlock} from "@unlock-protocol/contracts/dist/Unlock/UnlockV14.sol";
import {Peer} from "./Peer.sol";

/// A pass that runs out after 30 days, bought with ETH, from a lock made the way Unlock makes it. Both stand behind proxies, as
/// deployed.
contract UnlockPeer is Peer {
    uint256 private constant PRICE = 0.01 ether;
    PublicLock private lock;

    function setUp() public {
        vm.warp(1_800_000_000);
        bytes memory init = abi.encodeCall(Unlock.initialize, (address(this)));
        Unlock unlock = Unlock(payable(address(new ERC1967Proxy(address(new Unlock()), init))));
        address template = address(new PublicLock());
        unlock.addLockTemplate(template, 15);
        unlock.setLockTemplate(template);
        lock = PublicLock(payable(unlock.createLock(30 days, address(0), PRICE, 1000, "Pass", 0)));
        _buy(FIRST);
        _buy(SECOND);
    }

    function testBuy() public {
        _buy(collector);
        _measured("peer.unlock.buy", 1);
        vm.assertTrue(lock.getHasValidKey(collector));
    }

    function _buy(address to) private {
        MixinPurchase.PurchaseArgs[] memory purchases = new MixinPurchase.PurchaseArgs[](1);
        purchases[0].value = PRICE;
        purchases[0].recipient = to;
        vm.deal(to, PRICE);
        vm.prank(to);
        lock.purchase{value: PRICE}(purchases);
    }
}
