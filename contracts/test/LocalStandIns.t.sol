// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base} from "./Base.sol";
import {Till} from "../src/Till.sol";
import {LocalEthUsdFeed} from "../src/local/LocalEthUsdFeed.sol";
import {LocalUsdc} from "../src/local/LocalUsdc.sol";

/// The local chain's stand-ins behave as what they stand for.
contract LocalStandInsTest is Base {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    LocalUsdc private usdc = new LocalUsdc();
    Till private till = new Till(address(this));

    function test_UsdcHasSixDecimalsAndVersionTwo() public view {
        vm.assertEq(uint256(usdc.decimals()), 6);
        vm.assertEq(usdc.symbol(), "USDC");
        vm.assertEq(usdc.version(), "2");
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(usdc.name())),
                keccak256(bytes(usdc.version())),
                block.chainid,
                address(usdc)
            )
        );
        vm.assertEq(usdc.DOMAIN_SEPARATOR(), domain);
    }

    function test_UsdcIsPaidByPermit() public {
        (address payer, uint256 key) = (vm.addr(7), 7);
        usdc.mint(payer, 5e6);
        till.listToken(address(usdc), true);
        bytes32 struct_ = keccak256(abi.encode(PERMIT, payer, address(till), 5e6, 0, block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), struct_));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        vm.prank(payer);
        till.depositTokenWithPermit(address(usdc), 5e6, bytes32(uint256(1)), block.timestamp, v, r, s);
        vm.assertEq(usdc.balanceOf(address(till)), 5e6);
    }

    function test_FeedAnswersLikeChainlink() public {
        LocalEthUsdFeed feed = new LocalEthUsdFeed();
        (uint80 id, int256 answer,, uint256 updatedAt, uint80 answeredInRound) = feed.latestRoundData();
        vm.assertEq(uint256(feed.decimals()), 8);
        vm.assertEq(feed.description(), "ETH / USD (local stand-in)");
        vm.assertEq(uint256(answer), 2500e8);
        vm.assertEq(uint256(id), uint256(answeredInRound));
        vm.assertEq(updatedAt, block.timestamp);
        feed.setRound(LocalEthUsdFeed.Round(2, 3000e8, 5, 2));
        (id, answer,, updatedAt,) = feed.latestRoundData();
        vm.assertEq(uint256(answer), 3000e8);
        vm.assertEq(uint256(id), 2);
        vm.assertEq(updatedAt, 5);
    }
}
