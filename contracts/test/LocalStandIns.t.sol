// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base, Vm} from "./Base.sol";
import {Till} from "../src/Till.sol";
import {LocalEthUsdFeed} from "../src/local/LocalEthUsdFeed.sol";
import {LocalUsdc} from "../src/local/LocalUsdc.sol";

/// The local chain's stand-ins behave as what they stand for.
contract LocalStandInsTest is Base {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant NONCE = keccak256("once");
    address private immutable PAYER = vm.addr(7);
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

    /// EIP-3009, as USDC: anybody sends what the payer signed, once, in its time, and the logs come in this order.
    function test_UsdcMovesByAuthorization() public {
        usdc.mint(PAYER, 5e6);
        bytes memory signature = _authorize(5e6, block.timestamp + 60);
        vm.recordLogs();
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, 0, block.timestamp + 60, NONCE, signature);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs[0].topics[0], keccak256("AuthorizationUsed(address,bytes32)"));
        vm.assertEq(logs[0].topics[2], NONCE);
        vm.assertEq(logs[1].topics[0], keccak256("Transfer(address,address,uint256)"));
        vm.assertTrue(usdc.authorizationState(PAYER, NONCE));
        vm.assertEq(usdc.balanceOf(address(till)), 5e6);
        usdc.mint(PAYER, 5e6);
        vm.expectRevert(bytes("FiatTokenV2: authorization is used or canceled"));
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, 0, block.timestamp + 60, NONCE, signature);
    }

    function test_UsdcTakesTheSignatureInThreePartsToo() public {
        usdc.mint(PAYER, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, _digest(5e6, block.timestamp + 60));
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, 0, block.timestamp + 60, NONCE, v, r, s);
        vm.assertEq(usdc.balanceOf(address(till)), 5e6);
    }

    function test_UsdcRefusesAnAuthorizationThatIsNotThePayersOrNotInItsTime() public {
        usdc.mint(PAYER, 5e6);
        uint256 end = block.timestamp + 60;
        bytes memory signature = _authorize(5e6, end);
        vm.expectRevert(bytes("FiatTokenV2: invalid signature"));
        usdc.transferWithAuthorization(PAYER, address(till), 4e6, 0, end, NONCE, signature);
        vm.expectRevert(bytes("FiatTokenV2: invalid signature"));
        usdc.transferWithAuthorization(PAYER, address(this), 5e6, 0, end, NONCE, signature);
        vm.expectRevert(bytes("FiatTokenV2: authorization is not yet valid"));
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, block.timestamp, end, NONCE, signature);
        vm.warp(end);
        vm.expectRevert(bytes("FiatTokenV2: authorization is expired"));
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, 0, end, NONCE, signature);
        vm.assertFalse(usdc.authorizationState(PAYER, NONCE));
    }

    function test_UsdcForgetsWhatThePayerCancels() public {
        usdc.mint(PAYER, 5e6);
        bytes memory signature = _authorize(5e6, block.timestamp + 60);
        bytes32 struct_ = keccak256(abi.encode(usdc.CANCEL_AUTHORIZATION_TYPEHASH(), PAYER, NONCE));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), struct_)));
        usdc.cancelAuthorization(PAYER, NONCE, v, r, s);
        vm.assertTrue(usdc.authorizationState(PAYER, NONCE));
        vm.expectRevert(bytes("FiatTokenV2: authorization is used or canceled"));
        usdc.transferWithAuthorization(PAYER, address(till), 5e6, 0, block.timestamp + 60, NONCE, signature);

        bytes32 other = keccak256("another");
        struct_ = keccak256(abi.encode(usdc.CANCEL_AUTHORIZATION_TYPEHASH(), PAYER, other));
        (v, r, s) = vm.sign(7, keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), struct_)));
        usdc.cancelAuthorization(PAYER, other, abi.encodePacked(r, s, v));
        vm.assertTrue(usdc.authorizationState(PAYER, other));
    }

    function _digest(uint256 value, uint256 end) private view returns (bytes32) {
        bytes32 kind = keccak256("TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");
        bytes32 struct_ = keccak256(abi.encode(kind, PAYER, address(till), value, uint256(0), end, NONCE));
        return keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), struct_));
    }

    function _authorize(uint256 value, uint256 end) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, _digest(value, end));
        return abi.encodePacked(r, s, v);
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
